# The same units by aa64's lane, their contract in its registers, under an emulator.
# needs: aarch64-linux-gnu-gcc qemu-aarch64
# run: cd %t; for b in add load store branch float silent; do sed -E 's/reg 3$/reg 19/; s/reg 1([2-5])$/reg 1\1x/; s/reg 12x/reg 20/; s/reg 13x/reg 21/; s/reg 14x/reg 22/; s/reg 15x/reg 23/; s/reg 24$/reg 40/; s/reg 25$/reg 41/; s/reg 26$/reg 42/; s/reg 27$/reg 43/' "$OLDPWD"/%S/lifted-$b.ir >$b.ir; %idem ir --compile -target aarch64-linux-gnu -o $b.o $b.ir; done
# run: aarch64-linux-gnu-gcc -O1 -static -no-pie -fno-pie -frounding-math -o units "$OLDPWD"/%S/input/units.c add.o load.o store.o branch.o float.o silent.o -lm; qemu-aarch64 ./units
# out: ok
