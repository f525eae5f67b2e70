// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "proxysqldriver.h"

#include <QtSql/QSqlDriverPlugin>

namespace qproxysql {

class ProxySqlPlugin final : public QSqlDriverPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QSqlDriverFactoryInterface_iid FILE "qproxysql.json")

public:
    QSqlDriver *create(const QString &key) override
    {
        return key == QLatin1String("QPROXYSQL") ? new ProxySqlDriver : nullptr;
    }
};

} // namespace qproxysql

#include "proxysqlplugin.moc"
