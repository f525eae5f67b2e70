// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>

#include <atomic>

/// A driver that exists and does nothing: settings of its connections can be read, and a test sees
/// whether somebody opened it after all or left one behind.
class InertDriver : public QSqlDriver
{
public:
    InertDriver() { ++alive; }
    ~InertDriver() override { --alive; }

    bool hasFeature(DriverFeature) const override { return false; }
    bool open(const QString &, const QString &, const QString &, const QString &, int,
              const QString &) override
    {
        ++opened;
        return false;
    }
    void close() override {}
    QSqlResult *createResult() const override { return nullptr; }

    static inline std::atomic<int> alive{0};
    static inline std::atomic<int> opened{0};
};

inline void registerInertDriver(const QString &name)
{
    QSqlDatabase::registerSqlDriver(name, new QSqlDriverCreator<InertDriver>);
}
