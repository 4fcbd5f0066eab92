// exit: 1
// err: extra-tokens-at-file-scope.c:11:1: error: expected identifier or '(' before '}' token
// err:  }
// err:  ^
// err: extra-tokens-at-file-scope.c:11:1: error: extraneous closing brace
// err:  }
// err:  ^
// err: extra-tokens-at-file-scope.c:13:1: error: expected identifier or '(' before ')' token
// err:  ) int b;
// err:  ^
}
int a;
) int b;
int c;
