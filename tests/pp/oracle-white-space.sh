# run: python3 %S/input/oracle.py %idem space 0 120
# needs: gcc python3
# tier: all
# timeout: 120
# out: 120 compared, 0 differ
