"""What an officer sees. Thin: it sends commands and queries to `registry` and shows the answers."""
