# run: printf abc >%t/a; cd %t; printf abc | %idem sha256 a - /dev/null
# out: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a
# out: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -
# out: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  /dev/null
