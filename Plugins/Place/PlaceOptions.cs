using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Plugins.Place;

/// <summary>The settings under Providers:place.</summary>
public sealed class PlaceOptions : IValidatableObject
{
    /// <summary>Mentors may enter a phone number.</summary>
    [Category("Kinds")]
    public bool AllowPhone { get; set; } = true;

    /// <summary>Mentors may enter an address.</summary>
    [Category("Kinds")]
    public bool AllowAddress { get; set; } = true;

    /// <summary>Calling code that numbers without one belong to, such as 20; empty: such numbers are refused.</summary>
    [Category("Kinds"), RegularExpression("^([1-9][0-9]{0,2})?$")]
    public string CallingCode { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!AllowPhone && !AllowAddress)
            yield return new(Texts.NothingAllowed);
    }
}
