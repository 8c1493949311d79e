"""The shared manuscripts as files of every format, by the programs that make such files."""
