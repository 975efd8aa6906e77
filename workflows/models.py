"""Imports every slice's tables, so that Django finds them."""
