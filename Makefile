# For habit's sake: everything is done by build.sh and tests/run.sh.
all:
	./build.sh
check:
	./build.sh check
test:
	./build.sh test
lint:
	tests/run.sh lint
lines:
	sh bootstrap/lines.sh
dev:
	sh tests/dev.sh
clean:
	rm -rf out
.PHONY: all check test lint lines dev clean
