"""Builds the language model of ``jiaokan_resources`` from texts that PyPI and Debian deliver.

Run ``python resources/build_language_model.py``; its docstring tells what is needed. Not part of the installed program.
"""
