# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# Run by CPack on what it has installed for the packages: Debian has these compressed.

file(GLOB files "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/man/man*/*"
                "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/usr/share/doc/*/changelog.Debian")
list(FILTER files EXCLUDE REGEX "\\.gz$")
execute_process(COMMAND gzip -9n ${files} COMMAND_ERROR_IS_FATAL ANY)
