"""How gunicorn serves NetBox in the rig; what an older gunicorn does not know, it passes over."""

preload_app = True
workers = 3
threads = 2
control_socket_disable = True
