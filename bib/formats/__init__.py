"""The formats that references come in and leave in, one file each."""
