# run: printf abcdef >%t/a; printf abcxef >%t/b; %idem cmp %t/a %t/b
# exit: 1
# out: %t/a %t/b differ: offset 0x3: 0x64 and 0x78
