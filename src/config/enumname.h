// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaEnum>
#include <QtCore/QString>

#include <optional>

namespace qproxysql {

/// The name of an enumerator as written in the code ("Up"), which applications see.
template<typename Enum>
QString enumName(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

/// The enumerator of that name, if there is one.
template<typename Enum>
std::optional<Enum> enumNamed(const QString &name)
{
    bool isKnown = false;
    const int value = QMetaEnum::fromType<Enum>().keyToValue(name.toLatin1().constData(), &isKnown);
    return isKnown ? std::optional(Enum(value)) : std::nullopt;
}

/// The name in lower camel case, as documented JSON formats use it ("safeToStop").
template<typename Enum>
QString wordOf(Enum value)
{
    QString word = enumName(value);
    word[0] = word.at(0).toLower();
    return word;
}

} // namespace qproxysql
