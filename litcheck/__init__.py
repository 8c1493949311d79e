"""litcheck: checks the references and the in-text citations of a manuscript against registries and against each other."""

__version__ = "0.1.0"
