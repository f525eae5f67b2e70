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
        // Other keys come from the alias plugin (alias/aliasplugin.cpp).
        const bool isAsked = key == QLatin1String("QPROXYSQL");
        if (!isAsked && key != QLatin1String("QMYSQL") && key != QLatin1String("QMARIADB"))
            return nullptr;
        DrainObserver::instance();
        installReporter();
        return new ProxySqlDriver(isAsked ? ProxySqlDriver::AskedFor::Itself
                                          : ProxySqlDriver::AskedFor::Qmysql);
    }
};

} // namespace qproxysql

#include "proxysqlplugin.moc"
