# run: cd %t && python3 $OLDPWD/%S/input/mutate.py %idem 1 150
# out: 150 mutated, 0 failed
# needs: python3
