/* SPDX-FileCopyrightText: 2026 The QPROXYSQL authors */
/* SPDX-License-Identifier: MIT */

/* For scripts/matrix: a plugin of libmysqlclient with the method by which MariaDB's accounts log in. MySQL
   removed its own in 9.0, so nobody could log in to the servers of the tests. The answer to a scramble
   is SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password))). */

#include <mysql.h>
#include <mysql/client_plugin.h>
#include <mysql/plugin_auth_common.h>

#include <openssl/sha.h>
#include <string.h>

enum { Length = SHA_DIGEST_LENGTH };

static int authenticate(MYSQL_PLUGIN_VIO *vio, MYSQL *mysql)
{
    unsigned char *scramble;
    unsigned char mixed[2 * Length], once[Length], answer[Length];
    int i;
    if (vio->read_packet(vio, &scramble) < Length)
        return CR_SERVER_HANDSHAKE_ERR;
    if (!mysql->passwd || !mysql->passwd[0])
        return vio->write_packet(vio, scramble, 0) ? CR_ERROR : CR_OK;
    SHA1((const unsigned char *)mysql->passwd, strlen(mysql->passwd), once);
    memcpy(mixed, scramble, Length);
    SHA1(once, Length, mixed + Length);
    SHA1(mixed, sizeof mixed, answer);
    for (i = 0; i < Length; ++i)
        answer[i] ^= once[i];
    return vio->write_packet(vio, answer, Length) ? CR_ERROR : CR_OK;
}

mysql_declare_client_plugin(AUTHENTICATION)
    "mysql_native_password",
    "The QPROXYSQL authors",
    "Logs in by the method of MySQL 4.1",
    {1, 0, 0},
    "MIT",
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    authenticate,
    NULL
mysql_end_client_plugin;
