# run: ln -s %idem %t/sha256; ln -s %idem %t/idem-cmp; cd %t; ./sha256 /dev/null; ./idem-cmp /dev/null /dev/null
# out: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  /dev/null
