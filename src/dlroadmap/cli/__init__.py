"""The command line: each verb is a small module that opens a Study, asks the core, and prints lines."""
