# What constant conditions cut off refers to nothing, loops and switches in it included.
# needs: gcc
# run: %idem cc -c %S/input/dead.c -o %t/a.o; gcc -no-pie -o %t/a %t/a.o; %t/a
