"""The routes: who asks, for what, and what is answered."""
