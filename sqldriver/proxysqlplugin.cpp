// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainobserver.h"
#include "proxysqldriver.h"
#include "report/reporter.h"

#include <QtSql/QSqlDriverPlugin>

namespace qproxysql {

class ProxySqlPlugin final : public QSqlDriverPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QSqlDriverFactoryInterface_iid FILE "qproxysql.json")

public:
    QSqlDriver *create(const QString &key) override
    {
        if (key != QLatin1String("QPROXYSQL"))
            return nullptr;
        DrainObserver::instance();
        installReporter();
        return new ProxySqlDriver;
    }
};

} // namespace qproxysql

#include "proxysqlplugin.moc"
