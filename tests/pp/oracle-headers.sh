# run: python3 %S/input/oracle.py %idem headers /usr/include/x86_64-linux-musl 60
# out~: , 0 differ
# needs: gcc python3 musl-gcc
# tier: all
# timeout: 120
