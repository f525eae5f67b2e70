// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/fetching.h"

#include <QtSql/QSqlQuery>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr QSql::NumericalPrecisionPolicy Policies[] = {QSql::LowPrecisionInt32,
                                                       QSql::LowPrecisionInt64,
                                                       QSql::LowPrecisionDouble,
                                                       QSql::HighPrecision};

} // namespace

QString FetchMode::name() const
{
    return u"%1%2, policy %3"_s.arg(isPrepared ? u"prepared"_s : u"text"_s)
            .arg(isForwardOnly ? u", forward-only"_s : QString())
            .arg(int(policy));
}

QList<FetchMode> fetchModes(bool everyPolicy)
{
    QList<FetchMode> modes;
    for (const bool isPrepared : {false, true}) {
        for (const bool isForwardOnly : {false, true}) {
            for (const QSql::NumericalPrecisionPolicy policy : Policies) {
                if (everyPolicy || policy == QSql::LowPrecisionDouble)
                    modes.append({isPrepared, isForwardOnly, policy});
            }
        }
    }
    return modes;
}

void fetchIn(Observer &o, const QSqlDatabase &db, const FetchMode &mode, const QString &sql)
{
    o.section(u"%1: %2"_s.arg(mode.name(), sql));
    for (int round = mode.isPrepared ? 3 : 1; round > 0; --round) {
        QSqlQuery query(db);
        query.setForwardOnly(mode.isForwardOnly);
        query.setNumericalPrecisionPolicy(mode.policy);
        if (mode.isPrepared) {
            o.note(u"prepare"_s, query.prepare(sql));
            o.state(u"prepared"_s, query);
            o.exec(u"first"_s, query);
        } else {
            o.exec(u"first"_s, query, sql);
        }
        if (round == 1)
            o.exec(u"again"_s, query);
    }
}

} // namespace qproxysql::parity
