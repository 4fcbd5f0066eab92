// err~: multi-character character constant
// out: yes
#if 'ab' == 24930 && '\x41' == 'A' && '\101' == 'A' && '\n' == 10 && u'\u00e9' == 233
yes
#endif
