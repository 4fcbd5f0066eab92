# needs: sha256sum
# run: sha256sum src/*/*.c rt/*.c >%t/a; %idem sha256 src/*/*.c rt/*.c >%t/b; cmp %t/a %t/b
