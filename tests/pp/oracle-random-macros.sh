# run: python3 %S/input/oracle.py %idem random 0 250
# needs: gcc python3
# tier: all
# timeout: 120
# out: 250 compared, 0 differ
