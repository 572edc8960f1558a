"""How the process is served: the socket, the ASGI server, its start and end."""
