# run: %idem --version
# out: idem 0.1.0
