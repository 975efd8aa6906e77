"""Help: who to ask, the first-hour guides and the glossary, drawn from the Markdown in `docs/`."""
