sys
