# run: cd %t && python3 $OLDPWD/%S/input/mutate.py %idem 2 2500
# out: 2500 mutated, 0 failed
# needs: python3
# tier: all
# timeout: 200
