# needs: gcc python3
# tier: all
# timeout: 200
# run: python3 %S/input/differ.py %idem %t 10 1000
# run: python3 %S/input/differ.py %idem %t 4 2000 --junk
# run: python3 %S/input/differ.py %idem %t 2 3000 -fpic
