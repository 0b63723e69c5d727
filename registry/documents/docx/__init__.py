"""Word documents: letters written into one, and a template read from one (ECMA-376, WordprocessingML)."""
