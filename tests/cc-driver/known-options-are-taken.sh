# What build systems pass to gcc and what must not stop them.
# run: %idem cc -c -pipe -w -Wall -Wextra -Wno-unused -Werror=format -O2 -std=gnu11 -fPIC -fno-strict-aliasing -fno-common -fwrapv -fno-stack-protector -fomit-frame-pointer -fno-asynchronous-unwind-tables -fvisibility=hidden -ffunction-sections -fdata-sections -m64 -march=x86-64 -mtune=generic -mno-red-zone -pthread -pedantic %S/input/alone.c -o %t/x.o
# run: %idem cc -static -s -no-pie -Wl,--gc-sections -Wl,-z,noexecstack -Wl,--as-needed,-O1 -rdynamic %t/x.o -o %t/a && %t/a
# needs: musl-gcc
# out: alone
