// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaEnum>
#include <QtCore/QString>

namespace qproxysql {

/// The name of an enumerator as it is written in the code ("Up"), which is what applications see.
template<typename Enum>
QString enumName(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

} // namespace qproxysql
