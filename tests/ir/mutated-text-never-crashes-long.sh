# needs: python3
# tier: all
# timeout: 120
# run: python3 %S/input/mutate.py %idem %S 5000 2
