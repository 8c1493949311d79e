"""Trains the tagger of reference strings: ``python -m bib.strings.training``. Needs torch and the shared data; nothing else does.

``corpora`` reads labelled strings, ``aligning`` finds their fields among their tokens, ``rendering`` prints records in made-up
styles, ``fitting`` trains the network and writes it.
"""
