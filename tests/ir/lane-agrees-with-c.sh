# needs: gcc python3
# timeout: 60
# run: python3 %S/input/differ.py %idem %t 1 1
