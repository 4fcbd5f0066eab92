# run: printf abc >%t/a; printf abcdef >%t/b; %idem cmp %t/a %t/b
# exit: 1
# out: %t/a %t/b differ: offset 0x3: 3 and 6 bytes
