"""Sets a value over and over with the AWS CLI's own file writer, as `aws configure set` does, many times a second.

Arguments: config file, file whose existence ends the loop. Prints how often it wrote.
"""
import os
import random
import sys
import time

from awscli.customizations.configure.writer import ConfigFileWriter

writes = 0
while not os.path.exists(sys.argv[2]):
    ConfigFileWriter().update_config({"__section__": "profile cli", "region": f"r-{writes}"}, sys.argv[1])
    writes += 1
    # Without a pause there would be no moment for anybody else.
    time.sleep(random.uniform(0.02, 0.1))
print(writes)
