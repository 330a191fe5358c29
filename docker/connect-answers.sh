#!/bin/bash
# Healthy when the worker answers its list of connectors. The image has neither curl nor wget for sure.
exec 3<>/dev/tcp/127.0.0.1/8083 || exit 1
printf 'GET /connectors HTTP/1.0\r\n\r\n' >&3
read -r status <&3
[[ $status == *' 200 '* ]]
