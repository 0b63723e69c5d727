"""How the register is kept: keys, engine, tables, history, search index. Knows no rules."""
