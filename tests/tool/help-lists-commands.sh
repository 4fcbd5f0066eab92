# run: %idem --help
# out~: usage: idem COMMAND
# out~: sha256
