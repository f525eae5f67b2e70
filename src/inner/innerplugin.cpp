// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/innerplugin.h"

#include "inner/driversource.h"

namespace qproxysql {

bool InnerPlugin::isAvailable(const QString &driverName, QString *error)
{
    QString ignored;
    return DriverSource::of(driverName, error ? error : &ignored) != nullptr;
}

QString InnerPlugin::fileOf(const QString &driverName)
{
    QString ignored;
    const auto *source = DriverSource::of(driverName, &ignored);
    return source ? source->file() : QString();
}

} // namespace qproxysql
