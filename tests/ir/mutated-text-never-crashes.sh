# needs: python3
# run: python3 %S/input/mutate.py %idem %S 300
