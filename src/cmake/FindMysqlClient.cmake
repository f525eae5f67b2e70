# SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
# SPDX-License-Identifier: MIT
#
# Connector/C is needed for its declarations only: at run time its functions are those of the client
# library that the inner plugin (QMYSQL) itself has loaded. Target: MysqlClient::Headers.

find_path(MYSQL_INCLUDE_DIR mysql.h PATH_SUFFIXES mariadb mysql)
if(NOT MYSQL_INCLUDE_DIR)
    message(FATAL_ERROR "mysql.h was not found. Install MySQL Connector/C "
                        "(Debian: apt install libmariadb-dev) or set MYSQL_INCLUDE_DIR.")
endif()
message(STATUS "Connector/C headers: ${MYSQL_INCLUDE_DIR}")
add_library(MysqlClient::Headers INTERFACE IMPORTED)
target_include_directories(MysqlClient::Headers SYSTEM INTERFACE "${MYSQL_INCLUDE_DIR}")
if(EXISTS "${MYSQL_INCLUDE_DIR}/udf_registration_types.h")
    # MySQL's own mysql.h, installed into include/mysql, includes <mysql/udf_registration_types.h>.
    get_filename_component(mysql_include_parent "${MYSQL_INCLUDE_DIR}" DIRECTORY)
    target_include_directories(MysqlClient::Headers SYSTEM INTERFACE "${mysql_include_parent}")
endif()
