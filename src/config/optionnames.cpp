// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/optionnames.h"

#include "config/optiontable.h"

#include <algorithm>
#include <array>
#include <vector>

namespace qproxysql {

namespace {

constexpr std::array QmysqlNames{
        QLatin1String("CLIENT_COMPRESS"),
        QLatin1String("CLIENT_FOUND_ROWS"),
        QLatin1String("CLIENT_IGNORE_SPACE"),
        QLatin1String("CLIENT_INTERACTIVE"),
        QLatin1String("CLIENT_NO_SCHEMA"),
        QLatin1String("CLIENT_ODBC"),
        QLatin1String("CLIENT_SSL"),
        QLatin1String("UNIX_SOCKET"),
        QLatin1String("SSL_KEY"),
        QLatin1String("SSL_CERT"),
        QLatin1String("SSL_CA"),
        QLatin1String("SSL_CAPATH"),
        QLatin1String("SSL_CIPHER"),
        QLatin1String("MYSQL_OPT_CONNECT_TIMEOUT"),
        QLatin1String("MYSQL_OPT_READ_TIMEOUT"),
        QLatin1String("MYSQL_OPT_WRITE_TIMEOUT"),
        QLatin1String("MYSQL_OPT_LOCAL_INFILE"),
        QLatin1String("MYSQL_OPT_PROTOCOL"),
        QLatin1String("MYSQL_OPT_SSL_KEY"),
        QLatin1String("MYSQL_OPT_SSL_CERT"),
        QLatin1String("MYSQL_OPT_SSL_CA"),
        QLatin1String("MYSQL_OPT_SSL_CAPATH"),
        QLatin1String("MYSQL_OPT_SSL_CIPHER"),
        QLatin1String("MYSQL_OPT_SSL_CRL"),
        QLatin1String("MYSQL_OPT_SSL_CRLPATH"),
        QLatin1String("MYSQL_OPT_SSL_MODE"),
        QLatin1String("MYSQL_OPT_TLS_VERSION"),
        QLatin1String("MYSQL_OPT_SSL_VERIFY_SERVER_CERT"),
        QLatin1String("MYSQL_SHARED_MEMORY_BASE_NAME"),
};

/// Counts insertions, deletions, substitutions and swaps of neighbours.
int editDistance(QStringView a, QStringView b)
{
    const auto width = size_t(b.size()) + 1;
    std::vector<int> previous(width), current(width), next(width);
    for (size_t j = 0; j < width; ++j)
        current[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        next[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = size_t(j);
            const int substitution = current[at - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            next[at] = std::min({substitution, current[at] + 1, next[at - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[at] = std::min(next[at], previous[at - 2] + 1);
        }
        std::swap(previous, current);
        std::swap(current, next);
    }
    return current.back();
}

} // namespace

bool isInnerOption(QStringView name)
{
    return name.startsWith(QLatin1String("CLIENT_"), Qt::CaseInsensitive)
           || name.startsWith(QLatin1String("MYSQL_"), Qt::CaseInsensitive)
           || name.startsWith(QLatin1String("SSL_"), Qt::CaseInsensitive)
           || name.compare(QLatin1String("UNIX_SOCKET"), Qt::CaseInsensitive) == 0;
}

QString closestOption(QStringView name)
{
    const auto plain = [](QString text) {
        return text.toUpper().remove(u'_').remove(u'-').remove(u' ');
    };
    const QString wanted = plain(name.toString().left(64));
    QString closest;
    int closestDistance = 3;
    const auto consider = [&](QLatin1String candidate) {
        const QString text = plain(candidate);
        const int distance = editDistance(wanted, text);
        if (distance < closestDistance && distance * 3 <= int(text.size())) {
            closest = candidate;
            closestDistance = distance;
        }
    };
    for (const OptionInfo &info : optionTable())
        consider(QLatin1String(info.name));
    for (const QLatin1String inner : QmysqlNames)
        consider(inner);
    return closest;
}

} // namespace qproxysql
